"""`gongkai fetch`: bring pages and attachments into an inbox, politely and safely.

The only code that speaks to the network. `sources` reads what is wanted, `web` asks for it hop by
hop, `host` keeps the manners of one host, `network` decides which addresses may be connected to,
`shelf` keeps what came, `run` is the run over all of them.
"""
