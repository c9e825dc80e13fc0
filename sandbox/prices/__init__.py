"""AWS's public price list, and the book of a person's own prices that is made from it."""
