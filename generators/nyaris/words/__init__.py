"""What is known of single words: kinds, forms, opposites, exchangeable wordings."""
