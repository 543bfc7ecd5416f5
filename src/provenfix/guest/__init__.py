"""What runs in other people's programs: standard library only, and nothing early."""
