"""What every JSON door has in common: values, refusals, pages of rows, the document that describes it all."""
