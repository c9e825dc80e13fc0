"""Relational databases: their sizes, connections, ways in and bills."""
