"""What is read: forms, drafts, daily reports, layouts, within reach of whoever asks."""
