"""What tells two groups of rows apart: proposed on one half of them, confirmed on the other."""
