"""What would change if a text of the lawyer's desk were law: kept verdicts judged again, counted, never written."""
