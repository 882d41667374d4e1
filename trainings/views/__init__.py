"""Pages about trainings: the public ones, one's own, and certificates."""
