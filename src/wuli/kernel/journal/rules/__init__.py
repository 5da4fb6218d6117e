"""What is written down and how, how it hangs together, how long it is kept, how it is said in words."""
