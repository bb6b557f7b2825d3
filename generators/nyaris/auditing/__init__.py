"""What a dataset folder must stand up to before anybody trains or measures with it, by machine and by readers."""
