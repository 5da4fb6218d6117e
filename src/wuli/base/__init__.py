"""Clock, refusals, cryptography, check digits, pinyin: things without a database."""
