"""Other people's tools that can show or run policies: one module for each, public face only."""
