"""The figures and the way they become a database: CSVs, SQL, and the build."""
