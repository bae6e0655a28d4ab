"""The pages and their parts. Everything here shows; nothing here computes."""
