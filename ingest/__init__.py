"""File → Document → Passages: decoding, newspaper repairs, sentences, with exact offsets into the file."""
