"""Redis behind the ports: threads, the ledger of writes, waiting work; and the codec of all that."""
