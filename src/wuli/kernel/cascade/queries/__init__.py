"""What calls, rounds and slots hold, within reach of whoever asks."""
