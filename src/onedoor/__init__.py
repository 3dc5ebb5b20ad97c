"""OneDoor (一扇门): every service item, department, clock and seal of a county behind one door."""
