#!/bin/bash
# The scripts of docs/clusters.md, as they stand there: under a Slurm of one machine, whose daemons are started here on the
# loopback with a configuration of their own and end with this; and under Snakemake. A task, the whole node and, of a
# program built with TRUEL_MPI, a process of mpirun are killed meanwhile; the results are the bytes of one process.
# usage: tools/test_slurm.sh [--short] TRUEL [TRUEL_WITH_MPI]
# --short: the array and its merge alone, of few runs; in a container that does not let slurmd run, nothing and status 77.
set -euo pipefail
short=
[[ $1 != --short ]] || { short=1; shift; }
cd "$(dirname "$0")/.."
packages=(slurm)
[[ $short ]] || packages+=(snakemake)
tools/install_packages.sh "${packages[@]}" ${2:+mpi}
page=$PWD/docs/clusters.md
truel=$(realpath "$1")
with_mpi=${2:+$(realpath "$2")}
PATH=$PATH:/usr/sbin
host=$(hostname -s)
user=$(id -un)
longest=120  # seconds; longer than all jobs of a part here take together

work=$(mktemp -d)
chmod 711 "$work"  # munged wants all to reach its socket
ours() {  # processes of jobs, which have the folder in their command line, and the daemons above them
  local pid
  for pid in $(pgrep --full "$work"); do
    [[ $pid != $$ && $pid != "$BASHPID" ]] || continue
    echo "$pid"
    pid=$(ps -o ppid= "$pid" || true)
    [[ ! $pid || $(ps -o comm= $pid) != slurmstepd ]] || echo $pid
  done | sort -u
}
end() {
  local status=$?
  trap - EXIT
  set +e
  if [[ $status -ne 0 ]]; then
    for log in "$work"/log/slurm*; do
      [[ -e $log ]] && { echo "== ${log##*/}"; tail -n 12 "$log"; }
    done
  fi
  local daemons
  daemons=$(cat "$work"/*.pid)
  kill -KILL $daemons  # so that they begin nothing more
  ours | xargs --no-run-if-empty kill -KILL
  until_true 10 is_over $daemons
  rm -rf "$work"
  exit $status
}
trap end EXIT
trap 'exit 130' INT TERM
fail() {
  echo "$*"
  exit 1
}
until_true() {  # SECONDS COMMAND...: false if it is not true in time
  local deadline=$((SECONDS + $1))
  shift
  until "$@"; do
    [[ $SECONDS -lt $deadline ]] || return 1
    sleep 0.05
  done
}
is_over() {  # PROCESSES...
  ! ps -p "$*" > /dev/null
}
free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# The daemons.

mkdir "$work"/{log,state,spool,jobs,bin}
dd if=/dev/urandom of="$work/key" bs=1 count=1024 status=none
chmod 400 "$work/key"
cat > "$work/slurm.conf" << END
ClusterName=loopback
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$(free_port)
SlurmdPort=$(free_port)
SlurmUser=$user
SlurmdUser=$user
AuthType=auth/munge
AuthInfo=socket=$work/munge,cred_expire=5
CredType=cred/munge
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/slurmd.pid
SlurmctldLogFile=$work/log/slurmctld
SlurmdLogFile=$work/log/slurmd
PlugStackConfig=$work/plugstack.conf
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SwitchType=switch/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerParameters=sched_interval=2,bf_interval=2,batch_sched_delay=1
SlurmdTimeout=6
ReturnToService=2
JobRequeue=0
SlurmdParameters=config_overrides
NodeName=$host NodeAddr=127.0.0.1 CPUs=4
PartitionName=all Nodes=$host Default=YES MaxTime=10
END
touch "$work/plugstack.conf"
echo CgroupPlugin=cgroup/v1 > "$work/cgroup.conf"  # none is used; told, slurmd does not look for one to be mounted
export SLURM_CONF=$work/slurm.conf
munged --key-file="$work/key" --socket="$work/munge" --pid-file="$work/munged.pid" --log-file="$work/log/munged" \
  --seed-file="$work/seed"
slurmctld
slurmd -N "$host" || true  # whether it runs is asked below
node_is_up() {
  [[ $(sinfo --noheader --format=%T 2> /dev/null) =~ ^(idle|mixed|allocated)$ ]]
}
in_container() {
  [[ -e /.dockerenv || -e /run/.containerenv ]] || systemd-detect-virt --quiet --container 2> /dev/null
}
if ! until_true 30 node_is_up; then
  if [[ $short ]] && in_container; then  # which may keep from slurmd what it needs of the kernel
    echo "skipped: slurmd does not run in this container"
    exit 77
  fi
  fail "the node did not come up: $(sinfo 2>&1)"
fi
echo "$(sinfo --version) on the loopback"

# The scripts of the page.

script() {  # HEADING N: the block with this number in a part of the page
  awk -v heading="## $1" -v wanted="$2" '/^## /{here = $0 == heading}
    /^```/{if (inside) inside = 0; else {inside = here; n += here}; next} inside && n == wanted' "$page"
}
ln -s "$truel" "$work/bin/truel"
export PATH=$work/bin:$PATH  # jobs get it from sbatch
cd "$work/jobs"
script Slurm 1 > shards.sbatch
script Slurm 2 > merge.sbatch
script Slurm 3 > submit
script Snakemake 1 > Snakefile
for file in shards.sbatch merge.sbatch submit Snakefile; do
  [[ -s $file ]] || fail "docs/clusters.md has no $file"
done
run=$(grep --only-matching 'truel run my-war [^\\]*--quiet' shards.sbatch) || fail "shards.sbatch of docs/clusters.md runs nothing"
if [[ $short ]]; then
  sed --in-place 's/--runs [0-9]*/--runs 40/; s/--array=1-8/--array=1-3/' shards.sbatch
  run=$(sed 's/--runs [0-9]*/--runs 40/' <<< "$run")
fi

sums() {
  (cd "$1" && sha256sum ensemble.nc summary.json)
}
truel new my-war > /dev/null 2>&1
eval "$run --out whole" > /dev/null
sums whole
submit() {  # the array and the merge; their numbers
  rm -rf results
  . ./submit > submitted
  merge=$(grep --only-matching '[0-9]*$' submitted)
}
state() {  # JOB
  scontrol --oneliner show job "$1" | grep --only-matching 'JobState=[A-Z]*' | sort -u
}
none_left() {
  [[ ! $(squeue --noheader) ]]
}
is_under_way() {  # a shard, hidden as long as it is not whole, has realizations
  [[ $(find shards -name '.*.part' -size +20k 2> /dev/null) ]]
}
task() {  # the process of one
  pgrep --full "^$work/bin/truel run" | head -n 1
}
merged() {  # WHAT
  until_true $longest none_left || fail "$1: jobs do not end: $(squeue)"
  [[ $(state "$merge") == JobState=COMPLETED ]] || fail "$1: the merge is $(state "$merge")"
  [[ $(sums results) == "$(sums whole)" ]] || fail "$1: the results differ: $(sums results)"
  echo "the same bytes: $1"
}

submit
merged "an array and the merge after it"
[[ ! $short ]] || exit 0

# A task that is killed has failed, and the merge does not begin. The array is given again, all of it.
rm -r shards
submit
until_true 60 is_under_way || fail "no task was seen at work"
kill -KILL "$(task)"
until_true $longest none_left || fail "jobs do not end: $(squeue)"
[[ $(state "$array") == *FAILED* ]] || fail "no task failed: $(state "$array")"
[[ ! -e results && $(state "$merge") != JobState=COMPLETED ]] || fail "there was a merge without all shards"
submit
merged "a task was killed with -9"

# The node dies: its daemon, the watch over each job and the tasks. When slurmctld misses it, --requeue has them wait.
rm -r shards
submit
until_true 60 is_under_way || fail "no task was seen at work"
kill -KILL "$(< "$work/slurmd.pid")" $(ours | grep --invert-match --line-regexp --file=<(cat "$work"/*.pid))
none_running() {
  [[ ! $(squeue --noheader --states=running,completing) ]]
}
! none_running || fail "the jobs were over before the node died"
until_true 60 none_running || fail "slurmctld does not miss the node: $(sinfo)"
[[ $(state "$array") == *PENDING* ]] || fail "no job is to begin again: $(state "$array")"
rm "$work/slurmd.pid"
slurmd -N "$host"
merged "slurmd and all of its jobs were killed with -9"

srun $run --shard 1/1 --out alone
truel merge alone --quiet --out results-alone > /dev/null
[[ $(sums results-alone) == "$(sums whole)" ]] || fail "srun: the results differ"
echo "the same bytes: srun"

if [[ $with_mpi ]]; then
  # A process of mpirun is killed, which ends all of them; the same script again goes on.
  cat > mpi.sbatch << END
#!/bin/bash
#SBATCH --ntasks=4
mpirun -n 4 $with_mpi ${run#truel } --mpi --out results-mpi
END
  export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
  rank() {
    pgrep --full "^$with_mpi run" | tail -n 1
  }
  begun() {
    [[ $(find .results-mpi.ranks -type f -size +20k 2> /dev/null) ]]
  }
  job=$(sbatch --parsable mpi.sbatch)
  until_true 60 begun || fail "mpirun was not seen at work: $(cat "slurm-$job.out")"
  kill -KILL "$(rank)"
  until_true $longest none_left || fail "mpirun does not end: $(squeue)"
  [[ $(state "$job") == JobState=FAILED && ! -e results-mpi ]] || fail "mpirun did not notice: $(state "$job")"
  job=$(sbatch --parsable mpi.sbatch)
  until_true $longest none_left || fail "mpirun does not end: $(squeue)"
  [[ $(state "$job") == JobState=COMPLETED ]] || fail "mpirun: $(state "$job"): $(cat "slurm-$job.out")"
  [[ $(sums results-mpi) == "$(sums whole)" ]] || fail "mpirun: the results differ"
  echo "the same bytes: mpirun, of whose processes one was killed with -9"
fi

rm -r shards results
XDG_CACHE_HOME=$work snakemake --cores 2 > snakemake.log 2>&1 || fail "snakemake: $(cat snakemake.log)"
[[ $(sums results) == "$(sums whole)" ]] || fail "snakemake: the results differ"
echo "the same bytes: snakemake"
