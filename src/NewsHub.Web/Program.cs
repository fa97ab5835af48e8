using NewsHub.Web.Commands;

// One program, several commands; without one it serves the paper. See Commands/CommandLine.cs.
return await CommandLine.RunAsync(args);

/// <summary>Named so that tests can start the program.</summary>
public partial class Program;
