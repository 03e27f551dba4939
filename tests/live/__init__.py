"""One suite for every server: the layer over real HTTP, on the small Cal.com and on a real one.

In the gate it runs on the small Cal.com, as a self-hosted server and as the hosted service. On a real server:
`make test-live` (docs/calcom.md).
"""
