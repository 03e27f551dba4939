"""What a sentence says of time: small readers in their order, typed values, and their place on the clock."""
