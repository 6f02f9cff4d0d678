// What happened, by the package's own record of who held what, beside what the model says.
#pragma once

#include <array>
#include <string>

#include "truel/ensemble/compare/compare.hpp"
#include "truel/ensemble/ensemble.hpp"
#include "truel/model/results/question.hpp"
#include "truel/record/control/own_control.hpp"
#include "truel/world/compiled/compiled_model.hpp"

namespace truel::output {

/// What happened of what a question asks: "Kurdish-led forces", "12 March 2017", "open, as the observed data end on 31
/// December 2017"; "" where they say nothing of it.
std::string fact_of(const War& war, const record::OwnControl& observed, const Question& question);

/// "on 31 December 2017 the land was held by Iraqi forces 18 %, ...": on the last day that both the observed data and
/// the runs have; "" where there are none, or they do not say of nearly all of it who held it.
std::string land_in_fact(const War& war);
/// The same as a sentence, and in brackets the average of the runs that day.
std::string land_in_fact(const CompiledModel& model, const ensemble::Summary& summary,
                         const record::OwnControl& observed);
/// The same, and in brackets the averages of both sides of a comparison, or how to end it on that day.
std::string land_in_fact(const CompiledModel& model, const ensemble::Comparison& comparison,
                         const std::array<std::string, 2>& names, const record::OwnControl& observed);

}  // namespace truel::output
