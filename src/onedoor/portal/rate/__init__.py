"""我要评: five levels and a comment, once for each closed case."""
