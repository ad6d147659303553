"""Who was recognised in a commune's year by sex, age and village, as it was counted when its figures were accepted."""
