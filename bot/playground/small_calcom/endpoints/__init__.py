"""The endpoints under /v2, a family a file; `families` has them all."""
