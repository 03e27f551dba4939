"""What proves to Cal.com who asks: keys, platform clients, and people's own tokens by OAuth."""
