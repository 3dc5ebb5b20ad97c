"""我要问: questions of citizens, routed, answered, rated, and published as knowledge."""
