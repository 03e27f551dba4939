"""Cal.com's API v1, of older self-hosted servers, behind the same port. Experimental."""
