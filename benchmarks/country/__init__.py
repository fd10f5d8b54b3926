"""A country of reports straight as frames, for what only shows at its size.

Codes of divisions, indicators and rules are real, figures are drawn: mostly zeros, with sums that
are right, so that checks find about as much as they do in real reports. `figures` draws the tables,
`prose` what stands beside them, `shards` makes frames of both.
"""
