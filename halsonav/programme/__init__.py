"""Activities, schedules, occurrences and the finder: what is offered, when, where and for whom."""
