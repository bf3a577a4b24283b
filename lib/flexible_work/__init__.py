"""HR's own monthly counts of 시차출퇴근: taken in, made fit to show, and measured against the rule.

Counts only, and only for the visit that handed them in: nothing here writes, logs or caches for others.
What is shown is derived from `published` alone, which hides small cells and what would give them away.
"""
