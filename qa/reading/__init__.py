"""Which sentences answer, where the short answer stands, and whether there is one."""
