"""Pain reports, advice, patterns, the weekly review, and the report for a professional."""
