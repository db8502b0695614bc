"""Python code that decides: its frame, and what it calls.

The scalar engine makes the pieces from a policy, the stored form reads them from a file; from
here on both are the same.  Nothing here imports attrs, typing or what reads rule files.
"""
