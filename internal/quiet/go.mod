module a.packbench/quiet

go 1.26.0
