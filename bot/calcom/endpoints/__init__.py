"""Cal.com's endpoints, one file a family: what is asked, what is answered, the calls; no rules of ours."""
