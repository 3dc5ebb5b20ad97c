"""Following a case: progress, clock, who has it, papers, supplement, withdrawal, verification of licences."""
