"""What people meet with when something breaks, and that it mends itself once the cause is gone."""
