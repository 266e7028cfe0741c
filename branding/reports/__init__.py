"""Content plan, takeovers, consent and strategy as pages, PDF, XLSX and CSV, ordered and scheduled."""
