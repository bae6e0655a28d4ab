"""The hand-out: one sheet from one comparison, as HTML, PDF, text for the record, and a file that opens again."""
