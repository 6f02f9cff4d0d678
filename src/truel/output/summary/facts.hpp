// What happened, by the package's own record of who held what, beside what the model says.
#pragma once

#include <string>

#include "truel/ensemble/ensemble.hpp"
#include "truel/model/results/question.hpp"
#include "truel/record/control/own_control.hpp"
#include "truel/world/compiled/compiled_model.hpp"

namespace truel::output {

/// What happened of what a question asks: "Kurdish-led forces", "12 March 2017", "open, as the observed data end on 31
/// December 2017"; "" where they say nothing of it.
std::string fact_of(const War& war, const record::OwnControl& observed, const Question& question);

/// The land of each side on the last day that both the observed data and the runs have, and in brackets the mean of the
/// runs that day, in a sentence; "" where the data do not say of nearly all of it who held it.
std::string land_in_fact(const CompiledModel& model, const ensemble::Summary& summary,
                         const record::OwnControl& observed);

}  // namespace truel::output
