"""What is read: series and meetings within reach, who is asked, what a pack tells, what is still open."""
