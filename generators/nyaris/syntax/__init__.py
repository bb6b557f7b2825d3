"""What rules ask of a clause: subject, predicate, polarity and its scope, agreement, obligation, condition."""
