"""Plain Python that knows no Django: words, recurrence, calendars, pure readers and writers."""
