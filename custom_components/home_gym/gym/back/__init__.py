"""Pain reports and what follows from them: advice, patterns, the weekly review, and the report for a professional."""
