"""Writes the recipe by which conda-forge builds truel from the sources of a release, and has rattler-build read and render it.

usage: conda_recipe.py SDIST RECIPE     needs py-rattler-build, from PyPI

SDIST: of tools/make_sdist.sh. RECIPE: the file to write, recipe.yaml. As long as the project has no address it looks for the sources
beside itself. What only a person can give is listed. The names of packages are those of conda-forge; cpp-httplib is a header alone
there, and Random123 has no package, so that its sources come along.
"""
import argparse
import hashlib
import json
import pathlib
import sys
import tomllib

import rattler_build

import write_papers

ROOT = pathlib.Path(__file__).resolve().parents[1]
RANDOM123 = ("1.14.0", "effafd8656b18030b2a5b995cd3650c51a7c45052e6e1c21e48b9fa7a59d926e")  # `git archive` of its tag gives this, too
RECIPE = """\
schema_version: 1

context:
  version: "{version}"

package:
  name: truel
  version: ${{{{ version }}}}

source:
  - {sdist}
    sha256: {sha256}
  - url: https://github.com/DEShawResearch/random123/archive/refs/tags/v{random123[0]}.tar.gz
    sha256: {random123[1]}
    target_directory: random123

build:
  number: 0
  skip:
    - not linux
    - match(python, "<3.11")
  script:
    - export CMAKE_ARGS="${{CMAKE_ARGS}} -DRANDOM123_INCLUDE_DIR=${{SRC_DIR}}/random123/include"
    - ${{{{ PYTHON }}}} -m pip install . -vv --no-deps --no-build-isolation

requirements:
  build:
    - ${{{{ compiler("cxx") }}}}
    - ${{{{ stdlib("c") }}}}
    - cmake >=3.26
    - ninja
    - nodejs
    - pkg-config
  host:
    - python
    - pip
{host}
    - cli11
    - cpp-httplib
    - fmt
    - hdf5
    - libboost-headers
    - libnetcdf
    - nlohmann_json
    - openssl
    - sleef
    - sundials
    - tbb-devel
    - tomlplusplus
    - xxhash
    - zlib
  run:
    - python
{run}

tests:
  - python:
      imports:
        - truel
      pip_check: true
  - script:
      - truel verify "$(python -c 'import truel; print(truel.scenario("published/lanchester-square"))')" --quiet

about:
{addresses}  summary: {title}
  license: {licences}
  license_file:
    - LICENSE
    - REUSE.toml
    - LICENSES/
    - random123/LICENSE

extra:
  recipe-maintainers: []
"""


def listed(requirements):
    return "\n".join(f"    - {each.replace('>=', ' >=')}" for each in requirements)


def recipe(about, sdist):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    repository = about["repository"]
    source = f"url: {repository}/releases/download/v{about['version']}/{sdist.name}" if repository else f"path: {sdist.name}"
    return RECIPE.format(
        version=about["version"], sdist=source, sha256=hashlib.sha256(sdist.read_bytes()).hexdigest(), random123=RANDOM123,
        host=listed(project["build-system"]["requires"]), run=listed(project["project"]["dependencies"]),
        addresses=f"  homepage: {repository}\n  repository: {repository}\n" if repository else "",
        title=json.dumps(about["title"], ensure_ascii=False), licences=project["project"]["license"])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sdist", type=pathlib.Path)
    parser.add_argument("recipe", type=pathlib.Path)
    options = parser.parse_args()
    about = write_papers.about_project(ROOT)
    options.recipe.write_text(recipe(about, options.sdist), encoding="utf-8")
    read = rattler_build.Stage0Recipe.from_file(options.recipe)
    platform = rattler_build.PlatformConfig(target_platform="linux-64")
    versions = rattler_build.VariantConfig({"python": ["3.11.* *_cpython", "3.12.* *_cpython", "3.13.* *_cp313"], "cxx_compiler": ["gxx"],
                                            "c_stdlib": ["sysroot"], "c_stdlib_version": ["2.17"]})
    rendered = read.render(versions, rattler_build.RenderConfig(platform=platform))
    print(f"{options.recipe.name}: rattler-build {rattler_build.rattler_build_version()} renders it for {len(rendered)} versions of Python")
    print("a person has still to try whether conda-forge builds it, as nothing of conda-forge was at hand: to put the sdist where "
          f"recipe.yaml says, give it {'' if about['repository'] else 'the homepage, the address of the sdist and '}those who maintain it, and "
          "send it to conda-forge/staged-recipes")


if __name__ == "__main__":
    sys.exit(main())
