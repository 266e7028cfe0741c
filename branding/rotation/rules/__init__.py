"""The rotation's rules: week cells, tables, the queue and holidays; all of them pure."""
