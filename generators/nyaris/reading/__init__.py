"""Files in, sentences with offsets and a language out."""
