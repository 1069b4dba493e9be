"""The evaluation: questions with known answers, measures, suites and reports."""
