"""Copies of everything the site knows, in one file each, proved readable when made and again when brought back.

A backup is a .tar.gz of the database and a manifest: sums, rows per table, head of the journal, version, migrations.
The keys of the site are not in it, only their fingerprints: a stolen backup does not open identity numbers.
"""
