"""Simulators of reaction networks, each behind one function: runs of a model give the survivors of every side.

A peer is made from a model and called as peer(runs, seed); it gives a list, run by run, of lists of survivors by side.
"""

import itertools

import numpy as np


def by_side(model, names, values):
    """Adds up the species of each side over the places."""
    left = [0.0] * len(model.strength)
    for name, value in zip(names, values):
        if name in by_side.cache:
            left[by_side.cache[name]] += value
    return left


by_side.cache = {f"s{a}_{p}": a for a in range(6) for p in range(50)}


def rebop(model):
    import rebop as library

    network = library.Gillespie()
    for killer, victim, propensity in model.reactions():
        if model.people > 0:
            network.add_reaction(float(propensity.split("*")[0]), [killer, victim], [killer])
        else:
            network.add_reaction(propensity, [victim], [])

    def run(runs, seed):
        ends = []
        for k in range(runs):
            end = network.run(model.species(), tmax=model.days, nb_steps=1, rng=seed + k, sparse=model.places > 1)
            ends.append(by_side(model, end.data_vars, [end[name].values[-1] for name in end.data_vars]))
        return ends

    return run


def gillespy2(model):
    import gillespy2 as library

    network = library.Model(model.name)
    for name, n in model.species().items():
        network.add_species(library.Species(name=name, initial_value=n, mode="discrete"))
    network.add_reaction(
        [
            library.Reaction(name=f"r{k}", reactants={victim: 1}, products={}, propensity_function=propensity)
            for k, (_, victim, propensity) in enumerate(model.reactions())
        ]
    )
    network.timespan(library.TimeSpan(np.array([0.0, model.days])))
    solver = library.SSACSolver(network)

    def run(runs, seed):
        results = network.run(solver=solver, number_of_trajectories=runs, seed=seed + 1)
        return [by_side(model, model.species(), [one[name][-1] for name in model.species()]) for one in results]

    return run


LAWS = itertools.count()  # COPASI has one list of functions for all models, and keeps the first of a name


def copasi_model(model):
    """The network in the current COPASI data model."""
    import basico as library

    library.new_model(name=model.name, quantity_unit="#", volume_unit="l", time_unit="d")
    library.add_compartment("c", initial_size=1)
    for name, n in model.species().items():
        library.add_species(name, initial_concentration=n)
    for k, (_, victim, propensity) in enumerate(model.reactions()):
        if model.people > 0:
            factor, killer, _ = propensity.split("*")
            library.add_reaction(f"r{k}", f"{killer} + {victim} -> {killer}", function="Mass action (irreversible)")
            library.set_reaction_parameters(f"(r{k}).k1", value=float(factor))
        else:
            names = sorted(name for name in model.species() if name in propensity)
            roles = {name: "substrate" if name == victim else "modifier" for name in names}
            law = f"law{next(LAWS)}"
            library.add_function(law, propensity, "irreversible", mapping=roles)
            others = " ".join(n for n in names if n != victim)
            library.add_reaction(f"r{k}", f"{victim} -> ; {others}", function=law)
            library.set_reaction_mapping(f"r{k}", {name: name for name in names})
    return library


def copasi(model):
    library = copasi_model(model)

    def run(runs, seed):
        ends = []
        for k in range(runs):
            course = library.run_time_course(
                duration=model.days,
                intervals=1,
                method="directMethod",
                use_seed=True,
                seed=seed + k + 1,
                use_numbers=True,
            )
            ends.append(by_side(model, course.columns, course.iloc[-1]))
        return ends

    return run


def roadrunner(model):
    import roadrunner as library

    network = library.RoadRunner(copasi_model(model).save_model_to_string(type="sbml"))
    network.setIntegrator("gillespie")
    network.integrator.setValue("variable_step_size", False)
    names = list(model.species())
    network.timeCourseSelections = names

    def run(runs, seed):
        ends = []
        for k in range(runs):
            network.reset()
            network.integrator.setValue("seed", seed + k + 1)
            ends.append(by_side(model, names, network.simulate(0, model.days, 2)[-1]))
        return ends

    return run


PEERS = {"rebop": rebop, "gillespy2": gillespy2, "copasi-basico": copasi, "libroadrunner": roadrunner}
