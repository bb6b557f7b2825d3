"""The dataset in the layouts that others read: trainers, evaluation suites, spreadsheets, RAG harnesses."""
