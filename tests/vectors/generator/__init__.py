"""What `generate.py` writes: one module for each file of vectors."""
