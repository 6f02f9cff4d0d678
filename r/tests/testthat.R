library(testthat)
library(truel)

test_check("truel")
